import { z } from "zod";
import type { TestService } from "./service.ts";

const partSchema = z.object({ text: z.string().optional(), fileData: z.unknown().optional() });
const contentSchema = z.object({ type: z.string(), text: z.string().optional(), uri: z.string().optional() });

const bodySchema = z.object({
  contents: z.array(z.object({ role: z.string(), parts: z.array(partSchema) })).optional(),
  generationConfig: z.object({ responseJsonSchema: z.unknown().optional() }).optional(),
  input: z
    .union([z.array(z.object({ type: z.string(), content: z.array(contentSchema) })), z.array(contentSchema)])
    .optional(),
  response_format: z.object({ schema: z.unknown() }).optional(),
});

/** What a model was asked, by whichever API. */
export interface Asked {
  /** Texts as they are, recordings as `inline` or `file`: of all turns. */
  readonly parts: readonly string[];
  /** Who says what; one turn for a question that is no conversation. */
  readonly turns: readonly { readonly role: string; readonly text: string }[];
  readonly schema: unknown;
  /** The request as it was sent. */
  readonly body: string;
}

/** What models were asked, in order. */
export function askedOf({ emulator }: TestService): Asked[] {
  return emulator.requests
    .filter(({ url }) => /GenerateContent|\/interactions/i.test(url))
    .map(({ body }) => {
      const read = bodySchema.parse(JSON.parse(body));
      const turns = turnsOf(read);
      return {
        parts: turns.flatMap(({ parts }) => parts),
        turns: turns.map(({ role, parts }) => ({ role, text: parts.at(-1) ?? "" })),
        schema: read.generationConfig?.responseJsonSchema ?? read.response_format?.schema ?? null,
        body,
      };
    });
}

function turnsOf({ contents, input }: z.infer<typeof bodySchema>) {
  if (contents !== undefined) {
    return contents.map(({ role, parts }) => ({
      role,
      parts: parts.map(({ text, fileData }) => text ?? (fileData === undefined ? "inline" : "file")),
    }));
  }
  const steps = (input ?? []).flatMap((one) => ("content" in one ? [one] : []));
  const contentsOf = (content: readonly z.infer<typeof contentSchema>[]) =>
    content.map(({ text, uri }) => text ?? (uri === undefined ? "inline" : "file"));
  if (steps.length > 0) {
    return steps.map(({ type, content }) => ({
      role: type === "model_output" ? "model" : "user",
      parts: contentsOf(content),
    }));
  }
  const content = (input ?? []).flatMap((one) => ("content" in one ? [] : [one]));
  return [{ role: "user", parts: contentsOf(content) }];
}
