import type { Explained, Said } from "../said";

const wait = "Espera: se intenta de nuevo solo.";
const later = "Envíalo de nuevo en unos minutos.";
const look = "Pregunta al cliente antes de reenviarlo.";
const values = "Corrige los valores.";
const settings = "Un administrador debe revisar el número en Ajustes.";
const manager = "Mira las restricciones de la cuenta en el Administrador de WhatsApp.";

const of = (title: string, cause: string, nextStep: string): Explained => ({ title, cause, nextStep });

export const failures: Said["failures"] = {
  UNREACHABLE: of("WhatsApp no responde", "No se pudo hablar con los servidores de Meta.", wait),
  TOO_LATE: of("Se acabó el tiempo", "El plazo del intento terminó antes de que el mensaje saliera.", wait),
  NO_ANSWER: of("WhatsApp no contestó", "El mensaje salió, pero Meta no lo confirmó.", look),
  BAD_ANSWER: of("Respuesta inesperada", "Puede que WhatsApp haya aceptado el mensaje.", look),
  RATE_LIMITED: of("Límite de llamadas", "Meta pidió esperar.", wait),
  UNSUPPORTED: of(
    "No disponible",
    "Este tipo de mensaje no se puede enviar por este canal.",
    "Envíalo de otra forma.",
  ),
  NO_RECIPIENT: of("Sin destinatario", "El contacto no tiene teléfono en WhatsApp.", "Pídele el número."),
  NO_FILE: of("Falta el archivo", "El mensaje no tiene archivo que enviar.", "Adjunta el archivo de nuevo."),
  FILE_GONE: of("Archivo no encontrado", "El archivo ya no se guarda.", "Adjunta el archivo de nuevo."),
  INTERNAL: of("Falla inesperada", "Algo falló al enviarlo.", later),
  DISCARDED: of("Descartado", "Un agente desistió del envío.", "Envíalo de nuevo si todavía hace falta."),
  UNCONFIRMED: of("Sin confirmar", "WhatsApp no lo confirmó a tiempo; puede haber llegado.", look),
  WAMID_TAKEN: of("Sin confirmar", "WhatsApp contestó con el id de otro mensaje.", look),
  CHANNEL_REMOVED: of(
    "Canal eliminado",
    "El número de esta conversación ya no está conectado.",
    "Conecta el número de nuevo y empieza otra conversación.",
  ),
  UNKNOWN: of("WhatsApp lo rechazó", "Meta dio un error que aquí no se conoce.", later),
  0: of("Falla de autenticación", "Meta no reconoció el token del canal.", settings),
  1: of("Error desconocido de la API", "Meta no dijo el motivo.", later),
  2: of("API no disponible", "Meta tiene una falla pasajera o está sobrecargada.", later),
  3: of("Operación no permitida", "La aplicación de Meta no puede hacer esta llamada.", settings),
  4: of("Límite de la aplicación", "La aplicación de Meta llegó a su límite por hora.", wait),
  10: of("Sin permiso", "El token del canal no puede hacer esto.", settings),
  33: of("Número no encontrado", "El identificador del número ya no existe en Meta.", settings),
  100: of("Parámetro no válido", "Meta no aceptó una parte del mensaje.", "Corrígelo y envíalo de nuevo."),
  190: of("Token vencido", "El token de acceso del canal ya no vale.", settings),
  368: of("Cuenta bloqueada", "Meta bloqueó la cuenta por violar las políticas de WhatsApp.", settings),
  2200: of("Webhook sin confirmar", "Meta no recibió confirmación de la dirección del webhook.", settings),
  80007: of("Límite de la cuenta", "La cuenta de WhatsApp llegó a su límite por hora.", wait),
  130403: of(
    "Cliente bloqueado",
    "El cliente está en la lista de bloqueados del número.",
    "Desbloquéalo en WhatsApp.",
  ),
  130429: of("Límite de velocidad", "El número llegó a su límite de mensajes por segundo.", wait),
  130472: of(
    "Cliente en un experimento de Meta",
    "Este número no recibe mensajes de marketing.",
    "Usa otro medio, o espera a que el cliente escriba.",
  ),
  130497: of("País no permitido", "La cuenta no puede escribir a clientes de este país.", manager),
  131000: of("Falla de WhatsApp", "Meta no pudo procesar el mensaje, por un error suyo.", later),
  131005: of("Acceso denegado", "El token del canal no tiene acceso a este número.", settings),
  131008: of(
    "Falta un parámetro",
    "Al mensaje le faltaba un campo obligatorio.",
    "Complétalo y envíalo de nuevo.",
  ),
  131009: of(
    "Valor no válido",
    "Una parte del mensaje tiene un valor no válido.",
    "Corrígelo y envíalo de nuevo.",
  ),
  131016: of("WhatsApp no disponible", "Un sistema de Meta está caído por ahora.", later),
  131021: of(
    "Destinatario igual al remitente",
    "Iba al propio número de la empresa.",
    "Elige otro destinatario.",
  ),
  131026: of(
    "No se puede entregar",
    "El número no tiene WhatsApp, no aceptó los términos nuevos o usa una versión antigua.",
    "Confirma el número con el cliente por otro medio.",
  ),
  131030: of(
    "Fuera de la lista de prueba",
    "El número de prueba solo escribe a destinatarios registrados.",
    "Registra al destinatario en la aplicación de Meta, o usa un número propio.",
  ),
  131031: of(
    "Cuenta de WhatsApp bloqueada",
    "Fue bloqueada, o el PIN de dos pasos no es correcto.",
    settings,
  ),
  131037: of("Nombre sin aprobar", "El número todavía no tiene un nombre visible aprobado.", settings),
  131042: of(
    "Problema de pago",
    "La cuenta no tiene un medio de pago válido: Meta suspendió los envíos.",
    settings,
  ),
  131045: of("Certificado no válido", "El registro del número en Meta falló.", settings),
  131047: of(
    "Ventana de 24 horas cerrada",
    "Pasaron más de 24 horas desde el último mensaje del cliente.",
    "Envía una plantilla aprobada para retomar la conversación.",
  ),
  131048: of(
    "Limitado por posible spam",
    "Mensajes de este número fueron bloqueados o denunciados, y Meta lo limitó.",
    "Mira la calidad del número en el Administrador de WhatsApp, y envía menos.",
  ),
  131049: of(
    "Retenido para proteger al cliente",
    "Meta limita cuántos mensajes de marketing recibe cada persona.",
    "Espera al menos 24 horas; insistir antes reduce más la entrega.",
  ),
  131050: of(
    "El cliente no acepta marketing",
    "Pidió no recibir mensajes de marketing de esta empresa.",
    "Envía solo mensajes de utilidad, o responde cuando escriba.",
  ),
  131051: of(
    "Tipo de mensaje no aceptado",
    "WhatsApp no acepta este tipo de mensaje.",
    "Envíalo de otra forma.",
  ),
  131052: of(
    "Archivo no descargado",
    "WhatsApp no pudo bajarlo, o es demasiado grande.",
    "Adjunta el archivo de nuevo.",
  ),
  131053: of(
    "Archivo rechazado",
    "WhatsApp no acepta su tipo, formato o tamaño.",
    "Conviértelo a un formato aceptado y envíalo de nuevo.",
  ),
  131056: of("Demasiados a este cliente", "Demasiados mensajes en poco tiempo.", wait),
  131057: of("Cuenta en mantenimiento", "Meta está haciendo mantenimiento en la cuenta.", later),
  131062: of("Hace falta el teléfono", "WhatsApp conoce al cliente solo por un id.", "Pídele el teléfono."),
  131063: of(
    "Categoría no aceptada",
    "Esta plantilla no se puede enviar por aquí.",
    "Usa una de otra categoría.",
  ),
  131064: of("Límite de mensajes", "No se puede buscar a más clientes en estas 24 horas.", manager),
  132000: of("Los valores no corresponden", "La plantilla pide otra cantidad.", "Completa todos los campos."),
  132001: of(
    "Plantilla no encontrada",
    "No existe, o no está aprobada en este idioma.",
    "Sincroniza las plantillas.",
  ),
  132005: of("Texto demasiado largo", "Con sus valores pasa del límite.", "Acorta los valores."),
  132007: of("Caracteres no permitidos", "Un valor viola las reglas de formato.", "Reescribe los valores."),
  132008: of("El valor no corresponde", "Un valor tiene otro formato que el pedido.", values),
  132012: of("Formato incorrecto", "Un valor tiene otro formato que el de la plantilla.", values),
  132015: of("Plantilla en pausa", "Meta la puso en pausa por su baja calidad.", "Usa otra plantilla."),
  132016: of("Plantilla desactivada", "Estuvo en pausa demasiadas veces.", "Crea otra con otro contenido."),
  132018: of("Parámetros no válidos", "La plantilla no aceptó los valores.", values),
  132068: of(
    "Formulario bloqueado",
    "El formulario (Flow) está bloqueado.",
    "Corrígelo en el Administrador de WhatsApp.",
  ),
  132069: of(
    "Formulario limitado",
    "El formulario (Flow) llegó a 10 envíos por hora.",
    "Corrige sus errores y espera.",
  ),
  133000: of("Baja incompleta", "Una baja anterior del número falló.", settings),
  133004: of("Servidor no disponible", "Un servidor de Meta está caído por ahora.", later),
  133005: of("PIN incorrecto", "El PIN de dos pasos no es correcto.", settings),
  133006: of("Número sin verificar", "Hay que verificarlo antes de registrarlo.", settings),
  133008: of("PIN bloqueado", "Se escribió mal demasiadas veces.", "Espera e inténtalo de nuevo."),
  133009: of(
    "PIN demasiado rápido",
    "Los intentos fueron demasiado rápidos.",
    "Espera e inténtalo de nuevo.",
  ),
  133010: of("Número sin registrar", "No está registrado en la Cloud API.", settings),
  133015: of(
    "Número recién eliminado",
    "Acaba de ser eliminado en Meta.",
    "Espera 5 minutos antes de registrarlo.",
  ),
  133016: of("Demasiados registros", "Se registró y eliminó demasiadas veces.", "Espera 72 horas."),
  135000: of("Error genérico", "Meta rechazó el mensaje sin decir el motivo.", later),
};
