import type { Writer } from "../write-common/write";

export const writeTemplate: Writer = () => undefined;
