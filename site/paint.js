const SCALE = 2;

/** Paints a picture of rectangles, lines, circles, paths and text, and returns it as PNG. The policy of the page allows no image that is made by script. */
export function paint(picture) {
  const canvas = document.createElement('canvas');
  canvas.width = Number(picture.getAttribute('width')) * SCALE;
  canvas.height = Number(picture.getAttribute('height')) * SCALE;
  const surface = canvas.getContext('2d');
  surface.scale(SCALE, SCALE);
  paintParts(surface, picture, 13);
  return new Promise((done, failed) => canvas.toBlob((file) => (file ? done(file) : failed(new Error('The picture was not made.'))), 'image/png'));
}

function paintParts(surface, parent, size) {
  for (const part of parent.children) {
    surface.save();
    paintPart(surface, part, size);
    surface.restore();
  }
}

function paintPart(surface, part, size) {
  const get = (name) => Number(part.getAttribute(name) ?? 0);
  const fill = part.getAttribute('fill');
  const stroke = part.getAttribute('stroke');
  surface.fillStyle = fill ?? '#0b0c0c';
  surface.strokeStyle = stroke ?? 'transparent';
  surface.lineWidth = Number(part.getAttribute('stroke-width') ?? 1);
  surface.setLineDash((part.getAttribute('stroke-dasharray') ?? '').split(' ').filter(Boolean).map(Number));
  const path = new Path2D();
  switch (part.tagName) {
    case 'g': {
      const [x, y] = /translate\(([\d.]+) ([\d.]+)\)/.exec(part.getAttribute('transform')).slice(1).map(Number);
      surface.translate(x, y);
      paintParts(surface, part, Number(part.getAttribute('font-size') ?? size));
      return;
    }
    case 'text':
      surface.font = `${part.getAttribute('font-weight') ?? 'normal'} ${part.getAttribute('font-size') ?? size}px Arial, Helvetica, sans-serif`;
      surface.textAlign = part.getAttribute('text-anchor') === 'middle' ? 'center' : 'left';
      surface.fillText(part.textContent, get('x'), get('y'));
      return;
    case 'rect':
      path.rect(get('x'), get('y'), get('width'), get('height'));
      break;
    case 'circle':
      path.arc(get('cx'), get('cy'), get('r'), 0, 2 * Math.PI);
      break;
    case 'line':
      path.moveTo(get('x1'), get('y1'));
      path.lineTo(get('x2'), get('y2'));
      break;
    case 'path':
      path.addPath(new Path2D(part.getAttribute('d')));
      break;
    default:
      return;
  }

  if (fill !== 'none' && part.tagName !== 'line') surface.fill(path);
  if (stroke) surface.stroke(path);
}
