def handler(event, context):
    if event["queryStringParameters"].get("way") == "ok":
        return {"headers": {"Access-Control-Allow-Origin": "*"}, "body": "fine"}
    return {"statusCode": 200, "body": "fine"}
