import json


class Response:
    def __init__(self, status=200):
        self.status = status
        self.headers = {"Content-Type": "application/json"}
        self.body = ""

    @classmethod
    def ok(cls):
        return cls().allow("*")

    def allow(self, origin):
        self.headers["Access-Control-Allow-Origin"] = origin
        return self

    def with_body(self, body):
        self.body = json.dumps(body)
        return self

    def build(self):
        return {"statusCode": self.status, "headers": self.headers, "body": self.body}


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    if way == "missing":
        return Response(404).with_body("missing").build()
    if way == "boom":
        return Response(status=500).allow("https://shop.example.com").build()
    return Response.ok().with_body([]).build()
