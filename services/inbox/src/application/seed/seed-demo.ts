import { Injectable } from '@nestjs/common';
import { Clock, conversationId, derivedId, fail } from '@partyline/kernel';
import type { Command } from '../../domain/commands.js';
import type { ConversationState } from '../../domain/conversation.js';
import { decide } from '../../domain/decide/decide.js';
import { decideStatus } from '../../domain/decide/inbound.js';
import type { Directory } from '../../domain/directory.js';
import { NOT_FOUND } from '../../domain/errors.js';
import { DirectoryStore } from '../directory-store.js';
import { ConversationLog, type AppendRequest } from '../log/conversation-log.js';
import { Timeline } from '../timeline.js';
import { DEMO_HISTORY, DEMO_TENANT, type DemoConversation, type DemoStep } from './demo-history.js';
import { SeedMarks } from './seed-marks.js';

const SEED = 'demo-history';
const MINUTE_MS = 60_000;
const CHANNEL = { carrier: 'simulator', accountId: 'demo-simulator' };

/** Whether this installation is a demo. */
export class DemoSwitch {
  constructor(readonly isOn: boolean) {}
}

/**
 * Gives the demo company a past, through the same log and rules as everything else. Its people and inboxes come from
 * other services, in whatever order those start: asked after each of their news, it waits until all are there.
 */
@Injectable()
export class SeedDemo {
  private isFinished = false;

  constructor(
    private readonly demo: DemoSwitch,
    private readonly log: ConversationLog,
    private readonly timeline: Timeline,
    private readonly directories: DirectoryStore,
    private readonly marks: SeedMarks,
    private readonly clock: Clock,
  ) {}

  async whenReady(): Promise<void> {
    if (!this.demo.isOn || this.isFinished) return;
    const directory = await this.directories.of(DEMO_TENANT);
    if (!isComplete(directory)) return;
    const mark = await this.marks.read(SEED);
    if (mark === 'absent' && (await this.timeline.isEmpty(DEMO_TENANT))) await this.marks.begin(SEED);
    const begun = mark === 'begun' || (await this.marks.read(SEED)) === 'begun';
    if (begun) {
      for (const conversation of DEMO_HISTORY) await this.seed(conversation, directory);
      await this.marks.finish(SEED);
    }
    this.isFinished = true;
  }

  /** Each step has a fixed id, so one that is there already is not taken a second time. */
  private async seed(conversation: DemoConversation, directory: Directory): Promise<void> {
    const { inboxId, number, peer } = conversation;
    const inbox = directory.inboxes.get(inboxId);
    if (!inbox) return;
    const id = conversationId(DEMO_TENANT, inboxId, number, [peer]);
    const start = this.clock.now().getTime();
    await this.log.appendMany(
      conversation.steps.flatMap((step, i): AppendRequest[] => {
        const key = derivedId('ms', 'seed', id, String(i));
        const at = new Date(start - step.minutesAgo * MINUTE_MS).toISOString();
        const request: AppendRequest = {
          ref: { tenantId: DEMO_TENANT, conversationId: id },
          inbox: { id: inbox.id, kind: inbox.kind },
          actor:
            'say' in step
              ? { kind: 'contact', id: peer }
              : { kind: 'user', id: step.by, name: directory.people.get(step.by)?.name ?? step.by },
          at,
          origin: { correlationId: SEED },
          commandId: `seed:${key}`,
          ...('say' in step || 'reply' in step ? { messageId: key } : {}),
          history: true,
          decide: (state) => {
            const command = commandOf(step, state, { ...conversation, id, key, at });
            return command ? decide(state, command, directory.around(inbox)) : fail(NOT_FOUND);
          },
        };
        return 'reply' in step ? [request, delivered(request, key)] : [request];
      }),
    );
  }
}

/** The carrier's word that a reply of the past arrived. */
function delivered(
  { commandId: _commandId, messageId: _messageId, ...reply }: AppendRequest,
  key: string,
): AppendRequest {
  const status = { status: 'delivered', errorClass: null, rawCode: null, description: null } as const;
  return {
    ...reply,
    actor: { kind: 'carrier', id: CHANNEL.carrier },
    commandId: `seed:delivered:${key}`,
    decide: (state) => decideStatus(state, { type: 'status', messageId: key, ...status }),
  };
}

/** Everybody and everything that the history speaks of. */
function isComplete(directory: Directory): boolean {
  const people = ['ada', 'ben', 'cleo', 'dev'];
  return (
    people.every((id) => directory.people.has(id)) &&
    DEMO_HISTORY.every(({ inboxId }) => directory.inboxes.has(inboxId))
  );
}

type Setting = DemoConversation & { readonly id: string; readonly key: string; readonly at: string };

function commandOf(step: DemoStep, state: ConversationState, setting: Setting): Command | null {
  if ('say' in step) return received(step.say, setting);
  if (state.status === 'none') return null;
  const { by } = step;
  const { epoch: expectedEpoch, seq: seenSeq } = state;
  const { key } = setting;
  if ('note' in step) return { type: 'note', by, noteId: key, text: step.note };
  if ('reply' in step) {
    const draft = { messageId: key, clientMessageId: key, text: step.reply, media: [] };
    return { type: 'reply', by, draft, claim: false };
  }
  if (step.do === 'transfer') return { type: 'transfer', by, to: step.to, expectedEpoch };
  return step.do === 'complete'
    ? { type: 'complete', by, expectedEpoch, seenSeq }
    : { type: step.do, by, expectedEpoch };
}

function received(text: string, { id, key, at, number, peer, contactName, inboxId }: Setting): Command {
  return {
    type: 'receive',
    place: { conversationId: id, number, peers: [peer], contactName },
    optOuts: [],
    languages: [],
    autoReply: null,
    keywordAnswer: null,
    message: {
      ...CHANNEL,
      messageId: key,
      receiptId: key,
      from: peer,
      to: number,
      text,
      media: [],
      receivedAt: at,
      trace: [{ step: 'inbox', id: inboxId, text: 'Part of the demo’s history' }],
    },
  };
}
