import re

PATTERN = re.compile(r"^https://([a-z]+\.)?example\.com$")


def handler(event, context):
    origin = event["headers"].get("origin", "")
    response = {"statusCode": 200, "headers": {}}
    if PATTERN.match(origin):
        response["headers"]["Access-Control-Allow-Origin"] = origin
    elif re.match(r"http://localhost:\d+$", origin):
        response["headers"]["Access-Control-Allow-Origin"] = origin
        response["headers"]["Vary"] = "Origin"
    return response
