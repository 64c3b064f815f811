import { nameOf } from "../audio/source.ts";
import type { AskInvocation } from "../invocation.ts";
import { answerRenderers } from "../render/replies.ts";
import { readAskedSchema } from "../transcript/asked-schema.ts";
import { questionInstructions } from "../transcript/inquiry.ts";
import type { World } from "../world.ts";
import { inquire } from "./inquire.ts";
import type { Progress } from "./progress.ts";
import { citedReading, plainReading, type Reading, schemaReading } from "./readings.ts";
import { readText } from "./told.ts";

/** Far above any schema that the service takes. */
const longestSchemaBytes = 1_000_000;

/** About so long is an answer. */
const answerTokens = 500;

/**
 * Prints or writes the answers to questions about recordings, all of them in one prompt a question.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function askQuestions(
  world: World,
  invocation: AskInvocation,
  progress: Progress,
): Promise<void> {
  const { asking, sources, questions, cite } = invocation;
  const { prompt, format } = asking;
  const reading = await readingOf(world, invocation);
  const told = { prompt, isCited: cite, hasSchema: reading.schema !== null };
  await inquire(
    world,
    {
      asking,
      sources,
      wishes: questions.map((question) => ({
        question,
        instruct: (recordings) => questionInstructions({ ...told, question, recordings }),
      })),
      reading,
      outputTokens: answerTokens,
      cache: invocation.cache,
      render: answerRenderers[format],
    },
    progress,
  );
}

async function readingOf(world: World, { schemaFile, cite }: AskInvocation): Promise<Reading> {
  if (schemaFile === null) return cite ? citedReading : plainReading;
  const name = nameOf(schemaFile);
  const file = { path: schemaFile, name, longestBytes: longestSchemaBytes };
  return schemaReading(readAskedSchema(await readText(world, file), name));
}
