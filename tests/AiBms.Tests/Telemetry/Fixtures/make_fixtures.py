#!/usr/bin/env python3
"""Writes the fixtures beside this file: one simulated recording in the words of each recorder.

run:  /usr/bin/python3 make_fixtures.py      (Debian: python3-numpy python3-scipy)
All hold the same 40 rows, a row each 10 s: rest, 1.5 A discharge, rest, 0.75 A charge, of a cell with
OCV = 3.4 + 0.7 z, 50 mOhm, 2 Ah, z = 0.6 at the start. No number in them was measured.
"""
import io, os
import numpy as np
from scipy.io import savemat

here = os.path.dirname(os.path.abspath(__file__))
n, step = 40, 10.0
t = np.arange(n) * step
i = np.zeros(n); i[8:20] = -1.5; i[28:38] = 0.75
ah = np.concatenate([[0], np.cumsum(i[1:] * step / 3600)])
v = np.round(3.4 + 0.7 * (0.6 + ah / 2) + 0.05 * i, 5)
temp = np.round(25 + 0.01 * np.arange(n), 2)
q_in = np.concatenate([[0], np.cumsum(np.maximum(i[1:], 0) * step / 3600)])
q_out = np.concatenate([[0], np.cumsum(np.maximum(-i[1:], 0) * step / 3600)])
mode = np.where(i < 0, -1, np.where(i > 0, 1, 0))

def put(name, text, encoding='utf-8'):
    with open(os.path.join(here, name), 'w', encoding=encoding, newline='') as h: h.write(text)

def clock(s, days=False):
    h, m, r = int(s // 3600), int(s % 3600 // 60), s % 60
    return f'{"0d " if days else ""}{h:02d}:{m:02d}:{r:06.3f}' if not days else f'0d {h:02d}:{m:02d}:{r:05.2f}'

def table(header, row, sep=','): return header + '\n' + ''.join(sep.join(str(x) for x in row(k)) + '\n' for k in range(n))
def stamp(k, us=True): 
    s = 8 * 3600 + int(t[k]); h, m, r = s // 3600, s % 3600 // 60, s % 60
    return f'10/28/2018 {h}:{m:02d}:{r:02d} AM' if us else f'2018-10-28 {h:02d}:{m:02d}:{r:02d}'
def word(k, d, r, c): return {-1: d, 0: r, 1: c}[mode[k]]
def f(x): return f'{x:.8f}'

put('arbin_mits7.csv', table('Data_Point,Test_Time(s),Date_Time,Step_Time(s),Step_Index,Cycle_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Discharge_Capacity(Ah),Charge_Energy(Wh),Discharge_Energy(Wh),dV/dt(V/s),Internal_Resistance(Ohm),Is_FC_Data,AC_Impedance(Ohm),ACI_Phase_Angle(Deg)',
    lambda k: [k + 1, t[k] + 30.0005, stamp(k, False), t[k], 1, 1, i[k], v[k], f(q_in[k]), f(q_out[k]), 0, 0, 0, 0, 0, 0, 0]))
put('arbin_mits10.csv', table('Data Point,Date Time,Test Time (s),Step Time (s),Cycle Index,Step Index,Current (A),Voltage (V),Power (W),Charge Capacity (Ah),Discharge Capacity (Ah),Charge Energy (Wh),Discharge Energy (Wh),Aux_Temperature_1 (C)',
    lambda k: [k + 1, '\t' + stamp(k), t[k], t[k], 1, 1, i[k], v[k], 0, f(q_in[k]), f(q_out[k]), 0, 0, temp[k]]))
put('neware_btsda.csv', table('DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(A),Voltage(V),Capacity(Ah),Spec. Cap.(mAh/g),Chg. Cap.(Ah),Chg. Spec. Cap.(mAh/g),DChg. Cap.(Ah),DChg. Spec. Cap.(mAh/g),Energy(Wh),Date,T1(\u2103)',
    lambda k: [k + 1, 1, 1, word(k, 'CC DChg', 'Rest', 'CC Chg'), '00:00:10', clock(t[k])[:8], i[k], v[k], 0, 0, f(q_in[k]), 0, f(q_out[k]), 0, 0, stamp(k, False), temp[k]]))
put('neware_milliampere.csv', table('Record ID;Step Type;Total Time;Voltage(mV);Current(mA)',
    lambda k: [k + 1, word(k, 'CC DChg', 'Rest', 'CC Chg'), clock(t[k])[:8], str(round(v[k] * 1000, 2)).replace('.', ','), str(i[k] * 1000).replace('.', ',')], ';'))
put('maccor.txt', "Today's Date\t10/28/2018\tDate of Test:\t10/28/2018\tFilename:\tsimulated.001\n" + table('Rec#\tCyc#\tStep\tTest (Sec)\tStep (Sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt Time',
    lambda k: [k + 1, 0, 1, f'{t[k]:.2f}', f'{t[k]:.2f}', f(abs(ah[k])), 0, abs(i[k]), v[k], word(k, 'D', 'R', 'C'), 1, stamp(k)], '\t'))
put('maccor_named_units.csv', table('Rec#,Cyc#,Step,Test Time (sec),Step Time (sec),Capacity,Energy,Current,Voltage,MD,ES,DPT Time,Temp 1',
    lambda k: [k + 1, 0, 1, clock(t[k], days=True), 0, f(abs(ah[k])), 0, abs(i[k]), v[k], word(k, 'D', 'R', 'C'), 1, '28-Oct-18 8:00:00 AM', temp[k]]))
head = ['EC-Lab ASCII FILE', 'Nb header lines : 9', '', 'Galvanostatic Cycling with Potential Limitation', '', 'Run on channel : 1 (SN 00000)', 'Acquisition started on : 10/28/2018 08:00:00', '',
    'mode\tox/red\terror\tcontrol changes\tNs changes\tcounter inc.\tNs\ttime/s\tcontrol/V/mA\tEwe/V\t<I>/mA\tdQ/mA.h\t(Q-Qo)/mA.h\tTemperature/\u00b0C']
def mpt(comma):
    num = (lambda x: f'{x:.9E}'.replace('.', ',')) if comma else (lambda x: f'{x:.9E}')
    return '\r\n'.join(head) + '\r\n' + ''.join('\t'.join(['1', '1', '0', '0', '0', '0', '1', num(t[k]), num(i[k] * 1000), num(v[k]), num(i[k] * 1000), num(0), num(ah[k] * 1000), num(temp[k])]) + '\r\n' for k in range(n))
put('biologic_decimal_point.mpt', mpt(False), 'latin-1')
put('biologic_decimal_comma.mpt', mpt(True), 'latin-1')
put('novonix.csv', '[Summary]\nStarted: 2018-10-28 8:00:00 AM\n[End Summary]\n[Data]\n' + table('Date and Time,Cycle Number,Step Type,Run Time (h),Step Time (h),Current (A),Potential (V),Capacity (Ah),Temperature (\u00b0C),Circuit Temperature (\u00b0C),Energy (Wh),Step Number',
    lambda k: [stamp(k, False), 1, word(k, 2, 0, 1), repr(t[k] / 3600), 0, i[k], v[k], f(ah[k]), temp[k], 25, 0, 1]))
put('basytec.txt', '~Resultfile from Basytec Battery Test System\n~Battery: simulated\n~\n' + table('~Time[s]\tDataSet\tLine\tCommand\tU[V]\tI[A]\tAh[Ah]\tT1[\u00b0C]',
    lambda k: [t[k], k + 1, 1, 'Pause', v[k], i[k], f(ah[k]), temp[k]], '\t'))
put('digatron.csv', '\r\n\r\nMeasurement ID,1\r\nBattery Name,simulated\r\nStart Time,10/28/2018 8:00:00 AM\r\n\r\n' + table('Time Stamp,Step,Status,Prog Time,Step Time,Cycle,Cycle Level,Procedure,Voltage,Current,Temperature,Capacity,WhAccu,Cnt,\n,,,,,,,,[V],[A],[C],[Ah],[Wh],[Cnt],',
    lambda k: [stamp(k), 1, word(k, 'DCH', 'PAU', 'CHA'), clock(t[k]), clock(t[k]), 0, 0, 'Sim', v[k], i[k], temp[k], f(ah[k]), 0, 1, '']))
put('bitrode.csv', table('Exclude,Time(s),Cycle,Loop,Loop,Loop,Step,StepTime(s),Current(A),Voltage(V),Power(W),Capacity(Ah),Energy(Wh),Mode,Data,',
    lambda k: ['No', t[k], 1, 1, 1, 1, 1, t[k], i[k], v[k], 0, f(ah[k]), 0, word(k, 'DCHG', 'REST', 'CHRG'), ' ', ' ']))
put('labview.lvm', 'LabVIEW Measurement\t\nWriter_Version\t2\nReader_Version\t2\nSeparator\tTab\nDecimal_Separator\t.\nMulti_Headings\tNo\nX_Columns\tNo\nTime_Pref\tRelative\n***End_of_Header***\t\n\t\nChannels\t3\nX_Dimension\tTime\tTime\tTime\nX0\t0.0000000000000000E+0\t0.0000000000000000E+0\t0.0000000000000000E+0\nDelta_X\t10.000000\t10.000000\t10.000000\n***End_of_Header***\t\nX_Value\tVoltage\tCurrent\tTemperature\tComment\n'
    + ''.join('\t'.join(['', str(v[k]), str(i[k]), str(temp[k])]) + '\n' for k in range(n)))
put('bdf_labels.bdf.csv', table('Test Time / s,Voltage / V,Current / A,Surface Temperature / degC,Charging Capacity / Ah,Discharging Capacity / Ah', lambda k: [t[k], v[k], i[k], temp[k], f(q_in[k]), f(q_out[k])]))
put('bdf_machine_names.csv', table('test_time_second,voltage_volt,current_ampere,surface_temperature_celsius,net_capacity_ah', lambda k: [t[k], v[k], i[k], temp[k], f(ah[k])]))
put('fleet_export.csv', table('time,SN,MxTmp,MinTmp,BtryPckV,SOC,SOH,BtryPckI,MXDischgCurr,MXChgCurr,AvailChgPWR,AvailDischgPWR,PmpDty,SysSts,DschrgSts,LqdLvl,Lon,Lat',
    lambda k: [stamp(k, False), 'P001', temp[k], temp[k], v[k], round(60 + 50 * ah[k], 4), 100, -i[k], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
put('unit_names.csv', table('"Time (min)";"Voltage [mV]";"Current/mA"', lambda k: [str(t[k] / 60).replace('.', ','), str(round(v[k] * 1000, 2)).replace('.', ','), str(i[k] * 1000).replace('.', ',')], ';'))
put('bad_rows.csv', 'time_s,voltage_v,current_a,temperature_c\n0,3.82,0,25\n10,,0,25\n20,3.82\n20,3.82,0,25\n20,3.82,0,25\n15,3.82,0,25\n\n# the recorder was restarted\n30,0,0,25\n40,3.82,0,511\n1040,3.82,0,25\n')
put('turned_current.csv', table('time_s,voltage_v,current_a', lambda k: [t[k], v[k], -i[k]]))
put('no_sign.csv', table('Time (s),Voltage (V),Current (A)', lambda k: [t[k], 3.7, 1.0]))
put('no_time.lvm', ''.join(f'\t{temp[k]}\t{temp[k]}\n' for k in range(n)))
put('two_dates.csv', table('time,SN,MxTmp,MinTmp,BtryPckV,SOC,SOH,BtryPckI,MXDischgCurr,MXChgCurr,AvailChgPWR,AvailDischgPWR,PmpDty,SysSts,DschrgSts,LqdLvl,Lon,Lat', lambda k: [f'3/4/2021 10:00:{k:02d}', 'P001', temp[k], temp[k], v[k], 60, 100, -i[k]] + [0] * 10))
meas = {'Time': t.reshape(-1, 1), 'Voltage': v.reshape(-1, 1), 'Current': i.reshape(-1, 1), 'Ah': ah.reshape(-1, 1), 'Battery_Temp_degC': temp.reshape(-1, 1), 'Chamber_Temp_degC': np.full((n, 1), 25, dtype=np.uint8)}
savemat(os.path.join(here, 'meas_compressed.mat'), {'meas': meas}, do_compression=True)
savemat(os.path.join(here, 'meas_plain.mat'), {'meas': meas, 'note': 'simulated', 'x': 1.0}, do_compression=False)
