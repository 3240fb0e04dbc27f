import type { Plugin } from "esbuild";

export declare const leanTypeScript: Plugin;
