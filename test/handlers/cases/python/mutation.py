def handler(event, context):
    response = {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": ""}
    match event["queryStringParameters"].get("way"):
        case "missing":
            response["statusCode"] = 404
            response["body"] = "missing"
        case "boom":
            response["statusCode"] = 500
            response["headers"] = {}
        case "teapot" | "coffee":
            response["statusCode"] = 418
            del response["headers"]["Access-Control-Allow-Origin"]
        case _:
            response["body"] = "fine"
    return response
