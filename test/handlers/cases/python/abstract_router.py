from abc import ABC, abstractmethod


class Api(ABC):
    def __init__(self):
        self._routes = {}
        self.register()

    @abstractmethod
    def register(self): ...

    def route(self, key):
        def add(function):
            self._routes[key] = function
            return function

        return add

    @staticmethod
    def reply(status, **headers):
        return {"statusCode": status, "headers": {"Access-Control-Allow-Origin": "*", **headers}}

    def handle(self, event, context):
        function = self._routes.get(event["routeKey"])
        return function(event) if function else self.reply(404)


class Orders(Api):
    def register(self):
        @self.route("GET /orders")
        def listing(event):
            return self.reply(200, Vary="Origin")

        @self.route("DELETE /orders")
        def removal(event):
            return {"statusCode": 204}


api = Orders()
handler = api.handle
