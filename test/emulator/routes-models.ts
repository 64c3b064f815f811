import { sendGenerated, streamGenerated } from "./answers.ts";
import { type Exchange, send } from "./http.ts";
import { meet } from "./meet.ts";
import { meetQuestion } from "./meet-question.ts";
import { describeModel, findModel, listModels } from "./models.ts";
import { invalid, noSuchModel, notFound } from "./refusal.ts";
import { readCount, readRequest } from "./request.ts";
import type { Service } from "./routes.ts";

/** Answers with a page of the models. Errors: Refusal. */
export function answerModels({ faults }: Service, exchange: Exchange, query: URLSearchParams): Promise<void> {
  return meet(faults, exchange, {
    route: "models.list",
    work: () => listModels(query),
    answer: (listed) => send(exchange.response, { status: 200, body: JSON.stringify(listed) }),
  });
}

interface ModelRequest {
  readonly method: string;
  readonly model: string;
  /** What is asked of the model; null to describe it. */
  readonly action: string | null;
  readonly query: URLSearchParams;
}

/** Describes a model, or asks it. Errors: Refusal; Broken. */
export async function modelRequest(
  service: Service,
  exchange: Exchange,
  { method, model, action, query }: ModelRequest,
): Promise<void> {
  if (action === null && method === "GET") return getModel(service, exchange, model);
  if (action === null || method !== "POST") throw notFound(`Nothing is at ${method} models/${model}.`);
  if (action === "countTokens") return countTokens(service, exchange, model);
  if (action === "generateContent") return generate(service, exchange, { model, isStreamed: false });
  if (action !== "streamGenerateContent") throw notFound(`There is no ${action}.`);
  if (query.get("alt") !== "sse") throw invalid("Only alt=sse is emulated.");
  return generate(service, exchange, { model, isStreamed: true });
}

function getModel({ faults }: Service, exchange: Exchange, model: string): Promise<void> {
  return meet(faults, exchange, {
    route: "models.get",
    work: () => describeModel(findModel(model)),
    answer: (described) => send(exchange.response, { status: 200, body: JSON.stringify(described) }),
  });
}

function countTokens({ faults, generator }: Service, exchange: Exchange, name: string): Promise<void> {
  return meet(faults, exchange, {
    route: "countTokens",
    work: async (fault) => {
      const model = findModel(name);
      const body = await exchange.body.text(fault);
      if (model.kind === "transcription") throw noSuchModel(name, "countTokens");
      return generator.countTokens(readCount(body, model));
    },
    answer: (counted) => send(exchange.response, { status: 200, body: JSON.stringify(counted) }),
  });
}

function generate(
  service: Service,
  exchange: Exchange,
  { model: name, isStreamed }: { readonly model: string; readonly isStreamed: boolean },
): Promise<void> {
  const answer = isStreamed ? streamGenerated : sendGenerated;
  return meetQuestion(service, exchange, {
    route: "generate",
    read: async (fault) => {
      const model = findModel(name);
      const body = await exchange.body.text(fault);
      if (isStreamed && model.kind === "transcription") throw invalid(`${name} is not a streaming model.`);
      return { question: readRequest(body, model, service.caches), isStreamed };
    },
    work: (_, generated) => generated,
    answer: (generated, told) => answer(exchange, generated, told),
  });
}
