/** The page of the Marketplace: the README without what only a checkout has. */
export function marketplacePage(readme: string): string;
