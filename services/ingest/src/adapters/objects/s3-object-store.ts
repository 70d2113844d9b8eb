import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { OnModuleDestroy } from '@nestjs/common';
import { ObjectStore, type Bytes } from '../../application/object-store.js';

export interface Bucket {
  readonly name: string;
  /** Of a server that speaks S3 and is not Amazon's; buckets are then part of its paths. */
  readonly endpoint?: string | undefined;
}

/** A bucket by the S3 API. Region and credentials: as the AWS SDK finds them (AWS_REGION, AWS_ACCESS_KEY_ID, a role). */
export class S3ObjectStore extends ObjectStore implements OnModuleDestroy {
  private readonly client: S3Client;

  constructor(private readonly bucket: Bucket) {
    super();
    const { endpoint } = bucket;
    this.client = new S3Client({
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      // Servers other than Amazon's do not all know the newer checksums that the SDK sends unasked.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    });
  }

  onModuleDestroy(): void {
    this.client.destroy();
  }

  override async put(key: string, { contentType, body }: Bytes): Promise<void> {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket.name, Key: key, Body: body, ContentType: contentType }),
    );
  }

  override async read(key: string, start: number, end: number): Promise<Readable | null> {
    if (end <= start) return Readable.from([]);
    try {
      const { Body } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket.name, Key: key, Range: `bytes=${start}-${end - 1}` }),
      );
      return Body instanceof Readable ? Body : null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  override async drop(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket.name, Key: key }));
  }
}
