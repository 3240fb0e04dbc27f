class HttpError(Exception):
    status = 500
    headers = {}

    def to_answer(self):
        return {"statusCode": self.status, "headers": self.headers, "body": str(self)}


class NotFound(HttpError):
    status = 404
    headers = {"Access-Control-Allow-Origin": "*"}


class Teapot(HttpError):
    def __init__(self):
        super().__init__("short and stout")
        self.status = 418


def work(way):
    if way == "missing":
        raise NotFound("nothing here")
    if way == "teapot":
        raise Teapot
    if way == "boom":
        raise KeyError("boom")
    return "[]"


def handler(event, context):
    try:
        body = work(event["queryStringParameters"].get("way"))
    except HttpError as error:
        return error.to_answer()
    except Exception:
        return {"statusCode": 500, "headers": {"Vary": "Origin"}, "body": ""}
    else:
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": body}
