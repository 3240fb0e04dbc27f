class Result:
    ORIGIN = "https://shop.example.com"

    def __init__(self, status):
        self.status = status
        self._extra = {}

    @property
    def headers(self):
        return {**self._extra, "Access-Control-Allow-Origin": self.ORIGIN}

    @headers.setter
    def headers(self, value):
        self._extra = value

    def as_dict(self):
        return {"statusCode": self.status, "headers": self.headers}


def handler(event, context):
    result = Result(204 if event["httpMethod"] == "OPTIONS" else 200)
    if event["httpMethod"] == "OPTIONS":
        result.headers = {"Access-Control-Max-Age": "600"}
    return result.as_dict()
