SCHEME = "https"


def handler(event, context):
    host = "{}.example.com".format("shop")
    origin = "{scheme}://{host}".format(scheme=SCHEME, host=host)
    methods = ", ".join(sorted({"POST", "GET"}))
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": methods}}
