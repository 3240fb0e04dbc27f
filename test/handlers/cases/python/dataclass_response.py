import json
from dataclasses import dataclass, field


@dataclass
class Reply:
    status: int
    body: dict = field(default_factory=dict)
    origin: str = "*"

    def to_dict(self):
        return {
            "statusCode": self.status,
            "headers": {"Access-Control-Allow-Origin": self.origin},
            "body": json.dumps(self.body),
        }


def handler(event, context):
    if event["queryStringParameters"].get("way") == "missing":
        return Reply(404, {"way": "missing"}, origin="https://shop.example.com").to_dict()
    return Reply(200).to_dict()
