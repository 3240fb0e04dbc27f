import json


def handler(event, context):
    response = {"statusCode": 200, "headers": {}}
    try:
        if event["queryStringParameters"].get("way") == "boom":
            raise RuntimeError("boom")
        response["body"] = json.dumps(json.loads(event.get("body") or "{}"))
    except Exception:
        response["statusCode"] = 500
    finally:
        response["headers"]["Access-Control-Allow-Origin"] = "*"
    return response
