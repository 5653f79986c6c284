using System.CommandLine;
using System.CommandLine.Help;
using AiBms.Server.Audit;

namespace AiBms.Server;

/// <summary>The verbs of this program.</summary>
static class ServerCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "Port of the dashboard and the REST API, on this machine only.", DefaultValueFactory = _ => 5080, HelpName = "PORT" };
        var mqttPort = new Option<int>("--mqtt-port") { Description = "Port of MQTT, on this machine only.", DefaultValueFactory = _ => 1883, HelpName = "PORT" };
        RootCommand root = new("AiBms: live packs on one machine.") { Demo(port, mqttPort), Serve(port, mqttPort), Audit() };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ServerHelp((HelpAction)help.Action!);
        return root;
    }

    static ServerVerb Demo(Option<int> port, Option<int> mqttPort)
    {
        var speed = new Option<double?>("--speed") { Description = "Simulated or recorded seconds in one of the clock; above what the machine can do it goes as fast as it can. A replay goes at 60 where nothing is told, simulated packs as the clock does.", HelpName = "TIMES" };
        var packs = new Option<int>("--packs") { Description = "How many packs are simulated: one of each kind, then vehicles.", DefaultValueFactory = _ => 27, HelpName = "N" };
        var replay = new Option<string[]>("--replay") { Description = "A recorded pack instead of simulated ones (V_1… for every cell, T_1… for every probe); may be given again.", HelpName = "FILE", DefaultValueFactory = _ => [] };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var verb = new ServerVerb("demo", "Simulated packs through the whole chain, and the dashboard, in one process.",
            "demo", "demo --speed 60 --packs 9", "demo --no-browser --port 8080 --mqtt-port 18830", "demo --replay car3.csv.gz --speed 60", "demo --replay car1.csv.gz --replay car3.csv.gz")
        {
            port, mqttPort, speed, packs, replay, noBrowser,
        };
        verb.SetAction((parsed, stop) =>
        {
            string[] files = parsed.GetValue(replay)!;
            return ServerHost.RunAsync(new()
            {
                Port = parsed.GetValue(port),
                MqttPort = parsed.GetValue(mqttPort),
                Speed = parsed.GetValue(speed) ?? (files.Length > 0 ? 60 : 1),
                PackCount = parsed.GetValue(packs),
                ReplayFiles = files,
                OpensBrowser = !parsed.GetValue(noBrowser),
                IsDemo = true,
                Folder = Path.Combine(Path.GetTempPath(), $"aibms-demo-{parsed.GetValue(port)}"),
            }, stop);
        });
        return verb;
    }

    static ServerVerb Serve(Option<int> port, Option<int> mqttPort)
    {
        var folder = new Option<string?>("--folder") { Description = "Folder of store, users and alarm rules, as far as they are not in --store; made where it is not there.", HelpName = "DIR" };
        var store = new Option<string?>("--store") { Description = "A PostgreSQL database in place of the embedded store, as Host=…;Database=…;Username=…; the password comes from PGPASSWORD or the password file.", HelpName = "ADDRESS" };
        var tls = new Option<string?>("--tls") { Description = "Listen to the network, by TLS only, under this name or address: HTTPS, and MQTT for packs that show their certificate. MQTT in the clear is off then.", HelpName = "NAME" };
        var httpsPort = new Option<int>("--https-port") { Description = "Port of HTTPS with --tls.", DefaultValueFactory = _ => 5443, HelpName = "PORT" };
        var mqttsPort = new Option<int>("--mqtts-port") { Description = "Port of MQTT by TLS with --tls.", DefaultValueFactory = _ => 8883, HelpName = "PORT" };
        var broker = new Option<string?>("--broker") { Description = "Take batches from this MQTT broker too, mqtt://HOST:PORT or mqtts://HOST:PORT.", HelpName = "URL" };
        var brokerCredentials = new Option<string?>("--broker-credentials") { Description = "The folder of the certificate that the server shows the broker, made by 'agent --enrol'.", HelpName = "DIR" };
        var keep = new Option<int?>("--keep-days") { Description = "Drop records older than this many days; what was made of their minutes and the events stay. Without it all is kept.", HelpName = "DAYS" };
        var cluster = new Option<string?>("--cluster") { Description = "Share the packs with the other servers on the same --store, which reach this one at this address. They know each other by certificates of one authority: copy authority.pem of the first one's folder into each.", HelpName = "ADDRESS:PORT" };
        var estimate = new Option<bool>("--estimate") { Description = "Estimate every pack on the server too, from its frames: /api/v1/packs/PACK/estimates." };
        var notify = new Option<string?>("--notify") { Description = "Tell of events by webhook and mail, as this JSON file says.", HelpName = "FILE" };
        var oidc = new Option<string?>("--oidc") { Description = "Let people sign in with a provider of OpenID Connect too, as this JSON file says.", HelpName = "FILE" };
        var otlp = new Option<string?>("--otlp") { Description = "Send metrics and traces to this collector of OpenTelemetry, by OTLP over HTTP.", HelpName = "URL" };
        var anew = new Option<bool>("--new-admin-secret") { Description = "Give the user 'admin' a new password and print it once: the old one is lost." };
        var verb = new ServerVerb("serve", "Take in what agents send by MQTT, store it, and show it. The first start prints the admin's password, once.",
            "serve", "serve --folder /var/lib/aibms --port 8080 --keep-days 400", "serve --store 'Host=127.0.0.1;Database=aibms;Username=aibms'", "serve --tls bms.example --https-port 443", "serve --new-admin-secret")
        {
            port, mqttPort, tls, httpsPort, mqttsPort, broker, brokerCredentials, folder, store, cluster, estimate, keep, notify, oidc, otlp, anew,
        };
        verb.SetAction((parsed, stop) => ServerHost.RunAsync(new()
        {
            Port = parsed.GetValue(port),
            MqttPort = parsed.GetValue(mqttPort),
            TlsName = parsed.GetValue(tls),
            Broker = parsed.GetValue(broker) is not { } url ? null : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address : throw new WrongOptionException($"The broker '{url}' is no address: give mqtt://HOST or mqtts://HOST by --broker."),
            BrokerCredentials = parsed.GetValue(brokerCredentials),
            HttpsPort = parsed.GetValue(httpsPort),
            MqttsPort = parsed.GetValue(mqttsPort),
            IsAdminAnew = parsed.GetValue(anew),
            StoreAddress = parsed.GetValue(store),
            Cluster = parsed.GetValue(cluster) is not { } own ? null : System.Net.IPEndPoint.TryParse(own, out var endpoint) ? endpoint : throw new WrongOptionException($"The cluster's address '{own}' is none: give an IP address of this machine and a port, as 10.0.0.5:5090, by --cluster."),
            Estimates = parsed.GetValue(estimate),
            KeepDays = parsed.GetValue(keep),
            NoticeFile = parsed.GetValue(notify),
            OidcFile = parsed.GetValue(oidc),
            Collector = parsed.GetValue(otlp) is not { } collector ? null : Uri.TryCreate(collector, UriKind.Absolute, out var at) ? at : throw new WrongOptionException($"The collector '{collector}' is no address: give http://HOST:4318/ by --otlp."),
            Folder = parsed.GetValue(folder) ?? UsualFolder,
        }, stop));
        return verb;
    }

    static string UsualFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "aibms");

    static ServerVerb Audit()
    {
        var folder = new Option<string?>("--folder") { Description = "The server's folder.", HelpName = "DIR" };
        var head = new Option<string?>("--head") { Description = "Number and hash that were noted elsewhere before, NUMBER:HASH: that entry has to be there still.", HelpName = "HEAD" };
        var store = new Option<string?>("--store") { Description = "The PostgreSQL store of the servers, where the log lies in it; the folder is then asked for the server's own note of its head only.", HelpName = "ADDRESS" };
        var what = new Argument<string>("what") { Description = "verify" };
        what.AcceptOnlyFromAmong("verify");
        var verb = new ServerVerb("audit", "Is the log of who did what on a server still as it was written? Exit code 6 where it is not.", "audit verify", "audit verify --folder /var/lib/aibms --head 1201:5f0c…", "audit verify --store 'Host=127.0.0.1;Database=aibms;Username=aibms'") { what, folder, store, head };
        verb.SetAction((parsed, _) => Task.FromResult(AuditVerify.Run(parsed.GetValue(folder) ?? UsualFolder, parsed.GetValue(head), parsed.GetValue(store))));
        return verb;
    }
}
