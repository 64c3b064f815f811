import type { GenerateContentConfig } from "@google/genai/web";
import type { Safety, Settings } from "../invocation.ts";
import type { Thinking } from "../plan/thinking.ts";
import type { GeneralRequest, TranscriptionRequest } from "./model.ts";

/** How a model that follows instructions is to answer, for generateContent. What is not wanted is left out. */
export async function configOf(request: GeneralRequest): Promise<GenerateContentConfig> {
  const { schema, system, settings, parts } = request;
  const cache = parts.find((part) => part.kind === "cached")?.name ?? null;
  const { maxOutputTokens, temperature, seed } = settings;
  return {
    // Beside a cache it is refused: it is in there.
    ...(cache === null ? {} : { cachedContent: cache }),
    ...(system === null || cache !== null ? {} : { systemInstruction: system }),
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...(temperature === null ? {} : { temperature }),
    ...(seed === null ? {} : { seed }),
    ...(schema === null ? {} : { responseMimeType: "application/json", responseJsonSchema: schema }),
    ...(await thinkingOf(request.thinking)),
    ...(await safetyOf(settings.safety)),
    ...(await tierOf(settings.serviceTier)),
  };
}

const loadSdk = () => import("@google/genai/web");

async function thinkingOf(thinking: Thinking): Promise<GenerateContentConfig> {
  switch (thinking.kind) {
    case "level": {
      const { ThinkingLevel } = await loadSdk();
      const levels = {
        minimal: ThinkingLevel.MINIMAL,
        low: ThinkingLevel.LOW,
        medium: ThinkingLevel.MEDIUM,
        high: ThinkingLevel.HIGH,
      } as const;
      return { thinkingConfig: { thinkingLevel: levels[thinking.level] } };
    }
    case "budget":
      return { thinkingConfig: { thinkingBudget: thinking.tokens } };
    case "default":
      return {};
  }
}

async function safetyOf(safety: Safety | null): Promise<GenerateContentConfig> {
  if (safety === null) return {};
  const { HarmBlockThreshold, HarmCategory } = await loadSdk();
  const thresholds = {
    off: HarmBlockThreshold.OFF,
    low: HarmBlockThreshold.BLOCK_ONLY_HIGH,
    medium: HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE,
    high: HarmBlockThreshold.BLOCK_LOW_AND_ABOVE,
  } as const;
  const categories = [
    HarmCategory.HARM_CATEGORY_HARASSMENT,
    HarmCategory.HARM_CATEGORY_HATE_SPEECH,
    HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
    HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
  ];
  return { safetySettings: categories.map((category) => ({ category, threshold: thresholds[safety] })) };
}

async function tierOf(tier: Settings["serviceTier"]): Promise<GenerateContentConfig> {
  if (tier === "standard") return {};
  const { ServiceTier } = await loadSdk();
  return { serviceTier: { flex: ServiceTier.FLEX, priority: ServiceTier.PRIORITY }[tier] };
}

/** How a model that transcribes is to answer. */
export async function transcriptionConfigOf({
  languages,
  vocabulary,
  mode,
  hasWords,
  hasSpeakers,
}: TranscriptionRequest): Promise<GenerateContentConfig> {
  const { AudioTranscriptionConfigMode: Mode } = await loadSdk();
  return {
    audioTranscriptionConfig: {
      ...(languages.length > 0 && { languageCodes: [...languages] }),
      ...(vocabulary.length > 0 && { customVocabulary: [...vocabulary] }),
      ...(hasSpeakers && { diarization: true }),
      // Without times, no speakers were told [report].
      ...((hasWords || hasSpeakers) && { wordTimestamp: true }),
      mode: { verbatim: Mode.VERBATIM, smart: Mode.SMART }[mode],
    },
  };
}
