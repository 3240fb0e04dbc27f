import lib.constants as constants
from lib import respond


def handler(event, context):
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": {"access-control-allow-origin": constants.ALLOWED[1]}}
    return respond.ok([])
