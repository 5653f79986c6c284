using System.Data.Common;
using AiBms.Server.Keepers;
using AiBms.Storage;

namespace AiBms.Server.Ingest;

/// <summary>Drops records that are older than the operator wants to keep; what was made of their minutes and the events stay.</summary>
sealed class Retention(IReadingStore store, ServerOptions options, ServerFigures figures, PackShare share, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.KeepDays is not { } days) return;
        using var clock = new PeriodicTimer(s_every, time);
        do
        {
            try
            {
                if (share.IsMine("")) store.DropBefore(time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds());
            }
            catch (DbException problem)
            {
                figures.StoreIs(problem.Message);
            }
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }
}
