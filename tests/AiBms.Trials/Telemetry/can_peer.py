"""Frames of random bytes and what canmatrix makes of them; the same frames as candump and BLF files written by python-can."""
import json, random, sys
import can, canmatrix.formats
from can.io import BLFWriter, CanutilsLogWriter

folder, dbc, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
random.seed(seed)
lines = ['VERSION ""', 'BU_: A', '']
for m in range(40):
    used = set()
    lines.append(f'BO_ {100 + m} Made{m}: 8 A')
    for s in range(60):
        intel, length, signed = random.random() < 0.5, random.choice([1, 2, 5, 8, 11, 16, 24, 33]), random.random() < 0.5
        start = random.randrange(64)
        bits, at = [], start
        for _ in range(length):
            bits.append(at)
            at = at + 1 if intel else (at + 15 if at % 8 == 0 else at - 1)
        if max(bits) > 63 or used & set(bits):
            continue
        used |= set(bits)
        factor, offset = random.choice([1, 0.5, 0.01, -0.25, 3]), random.choice([0, -40, 12.5])
        lines.append(f' SG_ S{s} : {start}|{length}@{int(intel)}{"-" if signed else "+"} ({factor},{offset}) [0|0] "V" A')
    lines.append('')
open(f'{folder}/made.dbc', 'w').write('\n'.join(lines))

told, messages = [], []
for path in (dbc, f'{folder}/made.dbc'):
    for frame in canmatrix.formats.loadp(path)[''].frames:
        for _ in range(30):
            data = bytes(random.randrange(256) for _ in range(frame.size))
            if frame.is_multiplexed:
                mux = [s for s in frame.signals if s.is_multiplexer][0]
                group = random.choice([s.mux_val for s in frame.signals if s.mux_val is not None])
                data = bytes([group]) + data[1:]
            extended = bool(frame.arbitration_id.extended)
            told.append({'file': path, 'id': frame.arbitration_id.id, 'extended': extended, 'data': data.hex(),
                         'signals': {n: [int(v.raw_value), float(v.phys_value)] for n, v in frame.decode(data).items()}})
            messages.append(can.Message(timestamp=1700000000 + len(messages) * 0.001, arbitration_id=frame.arbitration_id.id, is_extended_id=extended,
                                        data=data[:8] if len(data) <= 8 else data, is_fd=len(data) > 8, channel=0))
json.dump(told, open(f'{folder}/told.json', 'w'))
for name, kind in (('bus.blf', BLFWriter), ('bus.log', CanutilsLogWriter)):
    writer = kind(f'{folder}/{name}')
    for message in messages:
        writer.on_message_received(message)
    writer.stop()
