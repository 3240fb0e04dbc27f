ALLOWED = ["https://shop.example.com"]


def handler(event, context):
    headers = {}
    if (origin := event["headers"].get("origin")) and origin in ALLOWED:
        headers = {"Access-Control-Allow-Origin": origin}
    if not (way := event["queryStringParameters"].get("way")):
        return {"statusCode": 400, "headers": headers}
    return {"statusCode": 200, "headers": headers, "body": way}
