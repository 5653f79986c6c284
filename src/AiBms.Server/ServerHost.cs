using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using AiBms.Server.Access;
using AiBms.Server.Alarms;
using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Server.Books;
using AiBms.Server.Cluster;
using AiBms.Server.Demo;
using AiBms.Server.Devices;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Server.Notices;
using AiBms.Server.Shared;
using AiBms.Storage;
using AiBms.Storage.Postgres;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using MudBlazor.Services;

namespace AiBms.Server;

/// <summary>Puts the server together and runs it.</summary>
static class ServerHost
{
    public static async Task<int> RunAsync(ServerOptions options, CancellationToken stop)
    {
        options.Validated();
        // The demo starts afresh: yesterday's simulation is nobody's history.
        if (options.IsDemo && Directory.Exists(options.Folder)) Directory.Delete(options.Folder, recursive: true);
        try
        {
            // Users and their hashes are nobody else's to read.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Folder);
            else Directory.CreateDirectory(options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The folder {options.Folder} cannot be made ({problem.Message.TrimEnd('.')}): give another by --folder.", problem);
        }

        await using var app = Build(options);
        try
        {
            if (options.Cluster is not null)
            {
                var authority = app.Services.GetRequiredService<DeviceAuthority>();
                ClusterTls.Check(app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), authority, options.Folder);
                await ClusterTls.WarmAsync(authority, stop);
            }

            await app.StartAsync(stop);
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // The demo's packs could not be made while the ports were being opened: they have said why.
            return Environment.ExitCode;
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            throw new PortException(options.TlsName is null
                ? $"The ports {options.Port} and {options.MqttPort} cannot be used ({problem.Message}): give others by --port and --mqtt-port."
                : $"The ports {options.Port}, {options.HttpsPort} and {options.MqttsPort} cannot be used ({problem.Message}): give others by --port, --https-port and --mqtts-port.", problem);
        }

        string address = $"http://127.0.0.1:{options.Port}/";
        app.Services.GetRequiredService<AuditLog>().Add("server", "started", options.Cluster?.ToString() ?? options.TlsName ?? "");
        if (!options.IsDemo && app.Services.GetRequiredService<UserBook>().MakeFirst(options.IsAdminAnew) is { } secret)
            Console.WriteLine($"aibms: sign in as 'admin' with {secret} (shown this once; --new-admin-secret makes another).");
        Console.WriteLine($"aibms: {(options.IsDemo ? "demo" : "server")} ready at {address} ({(options.TlsName is { } name ? $"https://{name}:{options.HttpsPort}/, MQTT by TLS on port {options.MqttsPort}" : $"MQTT on port {options.MqttPort}")}); Ctrl+C ends it.");
        if (options.OpensBrowser) Open(address);
        await app.WaitForShutdownAsync(stop);
        await app.DisposeAsync();
        // What the demo simulated is nobody's history: nothing of it is left behind.
        if (options.IsDemo) Directory.Delete(options.Folder, recursive: true);
        return Environment.ExitCode;
    }

    internal static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "aibms-server" });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(options.Port);
            if (options.TlsName is not null) kestrel.ListenAnyIP(options.HttpsPort, listen => listen.UseHttps(https => Protect(https, kestrel.ApplicationServices.GetRequiredService<DeviceAuthority>())));
            kestrel.AddServerHeader = false;
            (kestrel.Limits.MaxRequestBodySize, kestrel.Limits.RequestHeadersTimeout) = (2 << 20, TimeSpan.FromSeconds(15));
            kestrel.Limits.MaxConcurrentConnections = kestrel.Limits.MaxConcurrentUpgradedConnections = 10_000;
        });
        builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]" + (options.TlsName is { } host ? ";" + host : "");
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Orleans", LogLevel.Error); // A start that fails is thrown and told once.
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton<IReadingStore>(_ => options.StoreAddress is { } address ? new PostgresStore(address, TimeProvider.System) : new SqliteStore(Path.Combine(options.Folder, "store.db")));
        services.AddBooks(options);
        services.AddSingleton<PackPace>().AddScoped(FleetView.OfPage);
        var authority = (options.TlsName ?? options.Cluster?.Address.ToString()) is { } name ? new DeviceAuthority(options.Folder, name, TimeProvider.System) : null;
        if (authority is not null) services.AddSingleton(_ => authority);
        if (options.TlsName is not null) services.AddSingleton<Gatekeeper>();
        services.AddSingleton<LiveFleet>().AddSingleton<ServerFigures>().AddSingleton<Orders>().AddSingleton<DemoLayouts>().AddSingleton<ModelCards>();
        services.AddSingleton<IngestQueue>().AddHostedService(s => s.GetRequiredService<IngestQueue>());
        services.AddSingleton<PackDesigns>().AddSingleton<PackShare>();
        if (options.Cluster is { } own) builder.AddCluster(own, authority!);
        else services.AddSingleton<LocalPacks>().AddSingleton<IPackKeepers>(s => s.GetRequiredService<LocalPacks>()).AddHostedService(s => s.GetRequiredService<LocalPacks>());
        services.AddSingleton<MqttDoor>().AddHostedService(s => s.GetRequiredService<MqttDoor>());
        services.AddSingleton<BrokerDoor>().AddHostedService(s => s.GetRequiredService<BrokerDoor>());
        services.AddHostedService<StateSpeaker>().AddHostedService<AlarmWatch>().AddHostedService<MinuteKeeper>().AddHostedService<Retention>();
        if (options.Collector is { } collector)
        {
            services.AddSingleton<ServerMeter>();
            ServerMeter.Send(services, collector, TimeSpan.FromSeconds(10));
        }

        if (options.NoticeFile is { } notices) services.AddNotices(NoticeSettings.Read(notices), options.Folder);
        if (options.IsDemo) services.AddHostedService<DemoFleet>();
        services.AddMudServices();
        services.AddScoped<Drawing>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddOpenApi(described => described.AddOperationTransformer(ApiWords.Refusals));
        services.AddDoor(options);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => JsonBody.Configure(json.SerializerOptions));

        var app = builder.Build();
        app.UseHostFiltering();
        app.Use(Guarded);
        app.UseRefusals();
        app.UseWords();
        app.UseForms(Door.SignIn, Door.SignOut);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapDoor();
        if (options.OidcFile is not null) app.MapOidc();
        app.MapUserApi();
        app.MapDeviceApi(options.TlsName is not null);
        app.MapAuditApi();
        app.MapAlarmApi();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(pages => pages.ContentSecurityFrameAncestorsPolicy = null);
        app.MapOpenApi();
        app.MapPackApi();
        app.MapEventApi();
        app.MapHealthApi();
        app.MapBatches();
        return app;
    }

    /// <summary>Nothing of another site runs here, and no other site shows these pages in a frame. Components write styles inline.</summary>
    static Task Guarded(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        // A browser that came by TLS once does not come without it again.
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        (headers.XContentTypeOptions, headers.XFrameOptions) = ("nosniff", "DENY");
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    static void Protect(HttpsConnectionAdapterOptions https, DeviceAuthority authority)
    {
        (https.ServerCertificateSelector, https.SslProtocols, https.HandshakeTimeout) = ((_, _) => authority.Server, SslProtocols.Tls12 | SslProtocols.Tls13, TimeSpan.FromSeconds(10));
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        // Whose a certificate is, is looked at where it is used: then whoever is turned away hears why.
        https.AllowAnyClientCertificate();
    }

    static void Open(string address)
    {
        // Without a screen there is no browser to open: the printed address is enough.
        if (Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null) return;
        try
        {
            using var opened = Process.Start(new ProcessStartInfo("xdg-open", address) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine("aibms: no xdg-open here, open the address yourself.");
        }
    }
}
