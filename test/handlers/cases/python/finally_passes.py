import json


def handler(event, context):
    """What `finally` writes is there where the exception is caught, and after a jump."""
    headers = {}
    for _ in [1]:
        try:
            if event["queryStringParameters"].get("way") == "ok":
                continue
        finally:
            headers["Vary"] = "Origin"
        try:
            json.loads(event["body"] or "1")
            if event["body"]:
                try:
                    raise ValueError("no")
                except ValueError as error:
                    raise ValueError("still no") from error
                finally:
                    headers["Access-Control-Allow-Origin"] = "*"
        except ValueError:
            return {"statusCode": 500, "headers": headers}
        if event["queryStringParameters"].get("way") == "boom":
            raise ValueError("boom")
    return {"statusCode": 200, "headers": headers}
