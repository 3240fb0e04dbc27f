import json


def handler(event, context):
    """Ways that leave before an exception that all others meet."""
    headers = {"Access-Control-Allow-Origin": "*"}
    status = 200
    try:
        for _ in json.loads("[1]"):
            match event["queryStringParameters"].get("way"):
                case "ok":
                    return {"statusCode": 203, "headers": headers}
                case "teapot":
                    status = 418
            if status == 418:
                raise ValueError("short and stout")
            raise ValueError("no")
    except ValueError:
        if event["body"]:
            raise
    return {"statusCode": status, "headers": headers}
