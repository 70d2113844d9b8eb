import { Injectable } from '@nestjs/common';
import { ALL_CARRIERS, findCarrier, isBound, tryMapping } from '@partyline/carriers';
import type { CarrierDescription, MappingTryOut, tryMappingBody } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { z } from 'zod';
import { rotates } from '../domain/secret-rotation.js';
import { inWords } from './event-words.js';
import { SimulatorSwitch } from './simulator-switch.js';

/** What Admins need to know of carriers before they have an account with one. */
@Injectable()
export class DescribeCarriers {
  constructor(
    private readonly simulator: SimulatorSwitch,
    private readonly clock: Clock,
  ) {}

  list(): CarrierDescription[] {
    return ALL_CARRIERS.filter(({ id }) => id !== 'simulator' || this.simulator.isOn).map(
      ({ id, name, guide }) => ({
        id,
        name,
        setup: guide.setup,
        rotation: guide.rotation,
        fields: guide.fields.map(({ options, ...field }) => ({
          ...field,
          ...(options && { options: [...options] }),
          rotates: field.kind === 'secret' && rotates(field.name),
        })),
        oneOf: guide.oneOf.map((names) => [...names]),
        hasLog: findCarrier(id)?.log !== undefined,
        ...(isBound(id) && { binds: true }),
      }),
    );
  }

  tryMapping(given: z.infer<typeof tryMappingBody>): MappingTryOut {
    const { mapping, body, method, query, contentType, number } = given;
    const tried = tryMapping(mapping, {
      body,
      ...(method && { method }),
      ...(query !== undefined && { query }),
      ...(contentType && { contentType }),
      ...(number && { settings: { number } }),
      at: this.clock.now(),
    });
    return tried.ok ? { ok: true, events: tried.events.map(inWords) } : tried;
  }
}
