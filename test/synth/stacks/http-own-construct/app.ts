#!/usr/bin/env node
import * as cdk from "aws-cdk-lib";
import { ShopStack } from "./shop-stack";

export const app = new cdk.App();
new ShopStack(app, "Shop", { origins: ["https://shop.example.com", "https://admin.example.com"], credentials: true });
