import aws_cdk as cdk

from shop_stack import ShopStack

app = cdk.App()
ShopStack(app, "Shop", origins=["https://shop.example.com", "https://admin.example.com"], credentials=True)
app.synth()
