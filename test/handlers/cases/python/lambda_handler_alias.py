def main(event, context):
    headers = {"Access-Control-Allow-Origin": "*"}
    (lambda target: target.update({"Vary": "Origin"}))(headers)
    return {"statusCode": 200, "headers": headers, "isBase64Encoded": False}


handler = main
