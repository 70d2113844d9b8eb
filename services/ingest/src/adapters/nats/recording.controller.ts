import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  GetRecordedRequest,
  GetRecording,
  StartRecording,
  StopRecording,
  type CallDefinition,
} from '@partyline/contracts';
import { ControlRecording } from '../../application/control-recording.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

@Controller()
export class RecordingController {
  constructor(private readonly recording: ControlRecording) {}

  @Answers(StartRecording)
  start({ tenantId, userId, accountId, minutes, requests }: Request<typeof StartRecording>) {
    return this.recording.start(tenantId, accountId, userId, { minutes, requests });
  }

  @Answers(StopRecording)
  stop({ tenantId, accountId }: Request<typeof StopRecording>) {
    return this.recording.stop(tenantId, accountId);
  }

  @Answers(GetRecording)
  show({ tenantId, accountId }: Request<typeof GetRecording>) {
    return this.recording.show(tenantId, accountId);
  }

  @Answers(GetRecordedRequest)
  request({ tenantId, accountId, requestId }: Request<typeof GetRecordedRequest>) {
    return this.recording.request(tenantId, accountId, requestId);
  }
}
