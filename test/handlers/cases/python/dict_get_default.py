STATUS = {"ok": 200, "missing": 404}
HEADERS = {
    "GET": {"Access-Control-Allow-Origin": "*"},
    "POST": {"Access-Control-Allow-Origin": "https://shop.example.com", "Vary": "Origin"},
}


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    return {"statusCode": STATUS.get(way, 500), "headers": HEADERS.get(event["httpMethod"], {})}
