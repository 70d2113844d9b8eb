import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { LoginSession } from '../../domain/login-session.js';
import { Sessions, type RevokeReason } from '../../application/sessions/sessions.js';
import { collectionsOf, type Collections } from './documents.js';

@Injectable()
export class MongoSessions extends Sessions {
  private readonly collections: Collections;

  constructor(@InjectConnection() connection: Connection) {
    super();
    this.collections = collectionsOf(connection);
  }

  override async create(session: LoginSession): Promise<void> {
    await this.collections.sessions.insertOne({ ...session, revokedBecause: null });
  }

  override async find(tenantId: string, sessionId: string): Promise<LoginSession | null> {
    const found = await this.collections.sessions.findOne({ tenantId, id: sessionId });
    if (!found) return null;
    const { id, userId, generation, rotatedAt, expiresAt, revokedAt } = found;
    return { tenantId, id, userId, generation, rotatedAt, expiresAt, revokedAt };
  }

  override async advance(tenantId: string, sessionId: string, from: number, now: Date): Promise<boolean> {
    const { modifiedCount } = await this.collections.sessions.updateOne(
      { tenantId, id: sessionId, generation: from, revokedAt: null },
      { $set: { generation: from + 1, rotatedAt: now } },
    );
    return modifiedCount === 1;
  }

  override async revoke(tenantId: string, sessionId: string, reason: RevokeReason, now: Date): Promise<void> {
    await this.collections.sessions.updateOne(
      { tenantId, id: sessionId, revokedAt: null },
      { $set: { revokedAt: now, revokedBecause: reason } },
    );
  }
}
