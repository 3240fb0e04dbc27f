import type { Register } from "./command";

/** `cors-lens mcp` */
export const registerMcp: Register = (program, world, exit) => {
  program
    .command("mcp")
    .description(
      "serve check, explain, contract and probe as tools to an agent (MCP over standard input)",
    )
    .action(async () => {
      const { actionsOf } = await import("../mcp/actions");
      const { serveMcp } = await import("../mcp/server");
      await serveMcp(actionsOf(world));
      exit(0);
    });
};
