KNOWN = {"ok": {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}}


def handler(event, context):
    way = event["queryStringParameters"].get("way", "")
    return KNOWN.get(way) or {"statusCode": 400, "body": "which way?"}
