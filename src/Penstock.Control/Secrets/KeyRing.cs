using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Contract;
using Penstock.Control.Database;

namespace Penstock.Control.Secrets;

/// <summary>
/// ASP.NET Core Data Protection over the control database: its key ring is kept there, each key sealed by the master key outside. Also
/// what the server's cookies and tokens are protected with, so that several nodes understand each other's.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private readonly Lazy<ServiceProvider> _services;
    private readonly ControlDatabase _database;
    private readonly ControlSettings _settings;

    internal KeyRing(ControlDatabase database, string workspace, ControlSettings settings)
    {
        (_database, _settings) = (database, settings);
        KeyFile = settings.KeyFile ?? Path.Combine(workspace, MasterKey.FileName);
        // A key that is missing now may be put back later, so what was thrown is not kept.
        _services = new(Build, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The file of the master key, when it is not given otherwise.</summary>
    public string KeyFile { get; }

    /// <summary>The provider; for the server's container too, in the place of its own.</summary>
    /// <exception cref="PenstockException">The master key is missing or none.</exception>
    public IDataProtectionProvider Provider => _services.Value.GetRequiredService<IDataProtectionProvider>();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_services.IsValueCreated)
            _services.Value.Dispose();
    }

    private ServiceProvider Build()
    {
        var repository = new Repository(_database);
        var key = _settings.MasterKey is { Length: > 0 } given ? MasterKey.Of(given, "PENSTOCK_MASTER_KEY")
            : MasterKey.In(KeyFile, mayCreate: !repository.HasKeys());
        var services = new ServiceCollection();
        services.AddSingleton(key);
        services.AddDataProtection().SetApplicationName("Penstock");
        services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = new Encryptor(key);
        });
        return services.BuildServiceProvider();
    }

    // Data Protection's interfaces are synchronous; the work is done on the pool, where nothing waits for the caller.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private sealed class Repository(ControlDatabase database) : IXmlRepository
    {
        public bool HasKeys() => database.Exists
            && Wait(() => database.UseAsync(context => context.DataProtectionKeys.AnyAsync(), CancellationToken.None));

        public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            .. Wait(() => database.UseAsync(
                context => context.DataProtectionKeys.AsNoTracking().Select(key => key.Xml).ToListAsync(), CancellationToken.None))
                .OfType<string>().Select(xml => XElement.Parse(xml)),
        ];

        public void StoreElement(XElement element, string friendlyName) => Wait(() => database.UseAsync(
            context =>
            {
                context.DataProtectionKeys.Add(new()
                {
                    FriendlyName = friendlyName,
                    Xml = element.ToString(SaveOptions.DisableFormatting),
                });
                return context.SaveChangesAsync();
            },
            CancellationToken.None));
    }

    private sealed class Encryptor(MasterKey key) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
            new XElement("sealed", new XAttribute("key", key.Fingerprint), Convert.ToBase64String(
                key.Encrypt(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
            typeof(Decryptor));
    }

    /// <summary>Opens keys of the ring; Data Protection makes it by its name.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var key = services.GetRequiredService<MasterKey>();
            if (encryptedElement.Attribute("key")?.Value is { } fingerprint && fingerprint != key.Fingerprint)
                throw new CryptographicException($"It was sealed with the key {fingerprint}, and the one given is {key.Fingerprint}.");
            return XElement.Parse(System.Text.Encoding.UTF8.GetString(key.Decrypt(Convert.FromBase64String(encryptedElement.Value))));
        }
    }
}
