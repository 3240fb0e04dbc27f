def handler(event, context):
    headers = dict(Vary="Origin")
    headers.update({"Access-Control-Allow-Origin": "*"})
    response = {"statusCode": 200}
    if event["httpMethod"] == "OPTIONS":
        headers.update({"Access-Control-Allow-Methods": "GET,POST", "Access-Control-Max-Age": 600})
        response["statusCode"] = 204
    response.update(headers=headers)
    return response
