using System.Data.Common;
using AiBms.Server.Access;
using AiBms.Server.Alarms;
using AiBms.Server.Audit;
using AiBms.Server.Devices;
using AiBms.Server.Ingest;

namespace AiBms.Server.Books;

/// <summary>Takes in twice a second what other servers changed: whom one of them turned out, the others turn out too.</summary>
sealed class BookKeeper(UserBook users, SessionBook sessions, DeviceBook devices, AlarmBook rules, AuditTable audit, ServerFigures figures, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var clock = new PeriodicTimer(s_every, time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                users.Refresh();
                sessions.Refresh();
                devices.Refresh();
                rules.Refresh();
                audit.Flush();
            }
            catch (DbException problem)
            {
                // What is known counts until the database is back.
                figures.StoreIs(problem.Message);
            }
        }
    }
}
