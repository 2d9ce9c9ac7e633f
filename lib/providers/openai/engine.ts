import type { Engine, EngineContext } from "../../engines/engine.ts";
import { createOpenAiLlm } from "./openai_llm.ts";
import { createOpenAiStt } from "./openai_stt.ts";
import { createOpenAiTts } from "./openai_tts.ts";

/** Makes the engine of a bridge whose stages are OpenAI-compatible servers. */
export async function openAiEngine({ settings, agent }: EngineContext): Promise<Engine> {
  const { apiKey, baseUrls, sttModel, llmModel, llmSmallModel, ttsModel, ttsVoice } =
    settings.openai;
  const [stt, llm, tts] = await Promise.all([
    createOpenAiStt({ apiKey, baseUrl: baseUrls.stt, model: sttModel }),
    createOpenAiLlm({ apiKey, baseUrl: baseUrls.llm, model: llmModel, smallModel: llmSmallModel }),
    createOpenAiTts({
      apiKey,
      baseUrl: baseUrls.tts,
      model: ttsModel,
      // The agent names a voice of its first choice; another engine doesn't have it.
      voice: settings.engines.tts[0] === "openai" && agent.voice.name || ttsVoice,
    }),
  ]);
  return { stt, llm, tts };
}
