def handler(event, context):
    way = (event.get("queryStringParameters") or {}).get("way")
    headers = {"Access-Control-Allow-Origin": "*"} if way != "missing" else {}
    return {"statusCode": 200 if way == "ok" else 404 if way == "missing" else 500, "headers": headers}
