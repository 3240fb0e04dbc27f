def handler(event, context):
    try:
        way = event["queryStringParameters"]["way"]
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": way}
    except KeyError:
        return {"statusCode": 400, "headers": {"Access-Control-Allow-Origin": "https://shop.example.com"}}
