from enum import Enum, IntEnum


class Status(IntEnum):
    OK = 200
    MISSING = 404


class Header(str, Enum):
    ORIGIN = "Access-Control-Allow-Origin"


def handler(event, context):
    status = Status.MISSING if event["queryStringParameters"].get("way") == "missing" else Status.OK
    return {"statusCode": int(status), "headers": {Header.ORIGIN.value: "*"}}
