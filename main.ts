import { createHttpBackend } from "./lib/backends/http_backend.ts";
import { readCompanyFile } from "./lib/backends/company_file.ts";
import { createSampleCompany } from "./lib/backends/sample_company.ts";
import { type Bridge, type BridgeOptions, type BridgeParts, startBridge } from "./lib/bridge.ts";
import { runStart } from "./lib/commands/start.ts";
import type { Settings } from "./lib/settings.ts";
import { checkOutage } from "./tools/check_outage.ts";
import { endCall } from "./tools/end_call.ts";
import { getAccount } from "./tools/get_account.ts";
import { getOrder } from "./tools/get_order.ts";
import { getTickets } from "./tools/get_tickets.ts";
import { handOver } from "./tools/hand_over.ts";
import { openTicket } from "./tools/open_ticket.ts";
import { resetPassword } from "./tools/reset_password.ts";
import { searchKnowledge } from "./tools/search_knowledge.ts";
import { verifyCaller } from "./tools/verify_caller.ts";

/** Who can hear, think and speak, what the model may do, and whose customers call. */
export const parts: BridgeParts = {
  engines: {
    embedded: async (context) =>
      (await import("./lib/providers/embedded/engine.ts")).embeddedEngine(context),
    gemini: async (context) =>
      (await import("./lib/providers/gemini/engine.ts")).geminiEngine(context),
    openai: async (context) =>
      (await import("./lib/providers/openai/engine.ts")).openAiEngine(context),
  },
  tools: (knowledge) => [
    getAccount,
    getOrder,
    getTickets,
    checkOutage,
    resetPassword,
    openTicket,
    verifyCaller,
    handOver,
    endCall,
    searchKnowledge(knowledge),
  ],
  backend: ({ backendUrl, agentDir }, clock) =>
    backendUrl
      ? createHttpBackend(backendUrl, { clock })
      : createSampleCompany(clock, readCompanyFile(`${agentDir}/company.yaml`)),
};

/** Starts a bridge with everything that this file names. */
export function start(settings: Settings, options?: BridgeOptions): Promise<Bridge> {
  return startBridge(settings, parts, options);
}

if (import.meta.main) await runStart(start);
