def handler(event, context):
    from lib import constants
    from lib.respond import bare as only

    if event["httpMethod"] == "GET":
        return {"statusCode": 200, "headers": constants.DEFAULTS.copy()}
    return only(405)
