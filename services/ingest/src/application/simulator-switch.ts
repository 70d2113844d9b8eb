/** Whether accounts of the phone simulator may be set up: it takes texts from anybody, so only in the demo. */
export class SimulatorSwitch {
  constructor(readonly isOn: boolean) {}
}
