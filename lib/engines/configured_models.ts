import type { Stage } from "../contracts/call_event.ts";
import type { EngineName, Settings } from "../settings.ts";

/** One model that the settings name. */
export interface ConfiguredModel {
  stage: Stage;
  engine: EngineName;
  model: string;
}

/** The model that does a stage's work in an engine; nothing for the embedded one. */
export function modelOf(settings: Settings, engine: EngineName, stage: Stage): string | undefined {
  const { gemini, openai } = settings;
  switch (engine) {
    case "gemini":
      return { stt: gemini.sttLiveModel, llm: gemini.llmModel, tts: gemini.ttsModel }[stage];
    case "openai":
      return { stt: openai.sttModel, llm: openai.llmModel, tts: openai.ttsModel }[stage];
    case "embedded":
      return undefined;
  }
}

/** The model that answers in an engine when the other one is slow. */
export function smallModelOf(settings: Settings, engine: EngineName): string | undefined {
  return engine === "embedded" ? undefined : settings[engine].llmSmallModel;
}

/** Every model that may have to do something, also those that stand in for others. */
export function configuredModels(settings: Settings): ConfiguredModel[] {
  const stages = Object.entries(settings.engines) as [Stage, EngineName[]][];
  return stages.flatMap(([stage, engines]) =>
    engines.flatMap((engine) => {
      const models = [modelOf(settings, engine, stage)];
      if (stage === "llm") models.push(smallModelOf(settings, engine));
      if (engine === "gemini" && stage === "stt") models.push(settings.gemini.sttModel);
      return models.flatMap((model) => model ? [{ stage, engine, model }] : []);
    })
  );
}
