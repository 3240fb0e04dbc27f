import json


class NotFound(Exception):
    def __init__(self, message, status=404):
        super().__init__(message)
        self.status = status


class Gone(NotFound):
    def __init__(self):
        super().__init__("gone", 410)


def load(way):
    if way == "missing":
        raise NotFound("no such order")
    if way == "teapot":
        raise Gone()
    if way == "boom":
        raise KeyError("boom")
    return "order"


def handler(event, context):
    try:
        body = json.dumps(load(event["queryStringParameters"].get("way")))
    except NotFound as error:
        return {"statusCode": error.status, "headers": {"Access-Control-Allow-Origin": "null"}, "body": str(error)}
    except (KeyError, ValueError):
        return {"statusCode": 500}
    else:
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": body}
